"""What an administrator does with the platform, over HTTP: the platform itself knows no actor and no edge."""
