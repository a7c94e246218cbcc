-- The order in which a flow names its states and steps is that of its pages: `json` keeps it, `jsonb` does not.

alter table flow_version alter column body type json using body::json;
alter table flow_draft alter column body type json using body::json;
