"""What a buyer may see and order of the catalog: goods and partners meet here."""
