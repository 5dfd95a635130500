"""What of the patrols goes on paper: the record of one, and the log of a month."""
