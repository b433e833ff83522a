"""What the people who look after partners see of them at one glance: sales, orders, money and stock meet here."""
