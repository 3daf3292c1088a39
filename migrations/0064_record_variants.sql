-- The other wordings of a quotation, looked for with every publication.
CREATE INDEX quotations_variant_of ON quotations (variant_of);
