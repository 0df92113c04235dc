"""AWS IoT Core, through boto3: an extra, imported when a profile of AWS is opened."""
