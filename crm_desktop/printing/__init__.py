"""Paper: labels, envelopes, report tables and calibration pages as PDF. Knows rows and recipients, no
business and no Qt."""
