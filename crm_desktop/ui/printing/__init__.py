"""Printing in the window: preview, labels and envelopes, calibration, the way to the printer."""
