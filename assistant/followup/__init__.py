"""Questions that lean on the conversation, made standalone by rules, without a model."""
