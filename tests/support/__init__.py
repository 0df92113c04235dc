"""What tests share: sample data, fakes, waiting for conditions."""
