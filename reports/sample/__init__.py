"""The sample: two clusters with their records and accounts, kept as tables that anybody can read and mend.

The tables bear the workbook's column names (design.md, "The workbook") and a few more. Only four values come from the
published article, and its delegates and key tasks in other words; each cluster's notice (cluster.toml) says which.
"""
