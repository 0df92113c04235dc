"""ESP-IDF's provisioning messages: our own .proto files, and what protoc made of them."""
