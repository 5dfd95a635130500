"""The write paths of what the reports app keeps, a module for each idea."""
