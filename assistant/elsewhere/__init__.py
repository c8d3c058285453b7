"""Other places of the documents that say what an answer says, cited beside."""
