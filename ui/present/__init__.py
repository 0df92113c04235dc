"""From the flow's state to what a page shows: sentences, numbers with units, pictures. No widgets here."""
