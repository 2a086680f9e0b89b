-- Things that exist in versions, and texts as keys.

CREATE TABLE contracts (
  contract_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (contract_id, version)
);
CREATE TABLE contract_items (
  contract_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  item_no INTEGER NOT NULL,
  price INTEGER NOT NULL,
  note TEXT,
  PRIMARY KEY (contract_id, version, item_no),
  FOREIGN KEY (contract_id, version) REFERENCES contracts(contract_id, version)
);
CREATE TABLE signatures (
  id INTEGER PRIMARY KEY,
  contract_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  signer TEXT NOT NULL,
  FOREIGN KEY (contract_id, version) REFERENCES contracts(contract_id, version)
);
CREATE TABLE labels (lang TEXT NOT NULL, code TEXT NOT NULL, label TEXT, reviewed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (lang, code));
CREATE TABLE label_uses (
  page TEXT NOT NULL,
  lang TEXT NOT NULL,
  code TEXT NOT NULL,
  shown TEXT,
  PRIMARY KEY (page, lang, code),
  FOREIGN KEY (lang, code) REFERENCES labels(lang, code)
);

INSERT INTO contracts VALUES (1, 1, 10, 'old'), (1, 2, 20, 'current'), (2, 1, 30, 'current'), (3, 1, 40, 'old'), (3, 2, 50, 'old'), (3, 3, 60, 'current');
INSERT INTO contract_items VALUES (1, 1, 1, 1, NULL), (1, 2, 1, 2, NULL), (1, 2, 2, 3, NULL), (2, 1, 1, 4, NULL), (3, 1, 1, 5, NULL), (3, 3, 1, 6, NULL);
INSERT INTO signatures VALUES (1, 1, 1, 'x'), (2, 1, 2, 'y'), (3, 2, 1, 'x'), (4, 3, 2, 'z');
INSERT INTO labels VALUES ('de', 'ok', 'Gut', 1), ('de', 'no', 'Nein', 0), ('en', 'ok', 'Fine', 0), ('en', 'no', 'No', 1), ('fr', 'ok', 'Bien', 0);
INSERT INTO label_uses VALUES ('home', 'de', 'ok', NULL), ('home', 'en', 'ok', NULL), ('home', 'en', 'no', NULL), ('cart', 'fr', 'ok', NULL), ('cart', 'de', 'no', NULL);
