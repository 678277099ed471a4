"""Years of scheduled runs over portals that change, played in minutes.

A *calendar* is a list of nights; each night things happen to portals and to the folder, then a real
``scrapy crawl`` goes over them under a moved clock, and what it leaves is compared with what a
careful operator, who knows all that happened, expects. ``python -m tests.film 10 --seed S`` plays
random calendars; a few written by hand are in the suite.
"""
