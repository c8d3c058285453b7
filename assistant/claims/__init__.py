"""Whether the sentences of a model's draft are borne out by the evidence that they cite."""
