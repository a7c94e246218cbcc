-- Of which trade (行业) a product is, a code of trades.ts; none: of no one's in particular, such as a gateway.
alter table product add column trade text;
