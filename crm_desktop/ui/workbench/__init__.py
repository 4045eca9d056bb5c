"""The workbench: figures, things to do, funnel and months of the person at the desk."""
