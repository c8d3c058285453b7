"""The project ledger (台账): records, figures and findings read from documents."""
