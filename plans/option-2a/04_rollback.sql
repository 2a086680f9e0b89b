DROP VIEW readings_to_migrate;
DROP TABLE reading_duplicates;
