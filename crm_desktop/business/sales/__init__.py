"""The sales process: stages, opportunities, contracts."""
