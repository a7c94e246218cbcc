-- Whose report a case was, asked by the case: for systems that are told how their own reports go on.
create index case_origin_number on case_origin (district, number);
