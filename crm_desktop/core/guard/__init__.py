"""The guard: views and triggers by which a MariaDB server itself enforces what the door enforces, generated from the record types.

Two schemas: NAME holds the tables and is granted to nobody; NAME_app holds a view of the same name for each table, filtered by
who is signed in to the server. What a person may see and do stands in the table `acl`, written by the program from the same
`Actor` that filters a local file. Triggers on the tables check every row that is written, whatever way it came.
"""
