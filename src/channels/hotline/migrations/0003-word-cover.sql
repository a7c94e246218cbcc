-- A question is answered from the index alone: the rows behind common words lie all over the table.
create index article_word_cover on article_word (word) include (article_id, weight);
