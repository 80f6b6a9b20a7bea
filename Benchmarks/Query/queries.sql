-- amount is not quantity × price
SELECT id, amount, qty * price AS product FROM lines WHERE amount <> qty * price
-- groups
SELECT category, count(*) AS n, sum(amount) AS total FROM lines GROUP BY category ORDER BY total DESC
-- join and filter
SELECT l.id, h.paid FROM lines l JOIN history h ON h.line = l.id WHERE h.paid > l.amount AND h.year = 2023
-- NOT IN
SELECT id FROM lines WHERE id NOT IN (SELECT line FROM history WHERE year > 2021)
-- a sum for each row
SELECT id, (SELECT sum(paid) FROM history WHERE line = lines.id) AS s FROM lines
-- the same, with one more condition
SELECT id, (SELECT sum(paid) FROM history WHERE line = lines.id AND paid > lines.price) AS s FROM lines
-- NOT EXISTS
SELECT id FROM lines l WHERE NOT EXISTS (SELECT 1 FROM history h WHERE h.line = l.id)
-- above the mean
SELECT count(*) AS n FROM lines WHERE amount > (SELECT avg(amount) FROM lines)
-- lag
SELECT line, year, paid - lag(paid) OVER (PARTITION BY line ORDER BY year) AS rise FROM history
-- running sum
SELECT line, year, sum(paid) OVER (PARTITION BY line ORDER BY year) AS s FROM history
-- sort
SELECT id, amount FROM lines ORDER BY amount DESC, id LIMIT 10
