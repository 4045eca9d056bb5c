"""Reports on the screen: parameters, table, chart, and the ways to file and paper."""
