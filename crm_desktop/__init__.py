"""CRM Desktop (销售台): an offline desktop CRM for small sales teams."""

__version__ = "0.1.0"
