"""Which contracts count as signed: drafts and what was terminated or voided do not."""

SIGNED = ("active", "completed", "closed")
