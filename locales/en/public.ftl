# The public site.
home-title = Joint inspections of services for children and young people
home-lead = Several scrutiny bodies look together at how well an area's services help children and young people, and publish what they find.
home-description = Areas being inspected, published reports and what changed afterwards.
