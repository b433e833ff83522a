"""What is sold: brands, categories, products, skus, units, barcodes, sellable scope. Not what it costs (pricing)."""
