"""Database, http edge, events, jobs, files, numbering, audit, custom fields, settings, module switches: what every module stands on. Knows no business."""
