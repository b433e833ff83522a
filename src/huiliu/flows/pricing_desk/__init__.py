"""What a publication of prices would mean for buyers, weighed by what they really took: prices meet orders here."""
