-- In how many published articles a word stands, so that a question is asked by its rare words alone, however common the others are.
create table article_word_spread (
  word     text collate "C" primary key,
  articles integer not null
);
insert into article_word_spread (word, articles) select word, count(*) from article_word group by word;
