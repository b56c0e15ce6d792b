# Vault for one country. It starts sealed: whoever holds the unseal keys opens it.
storage "file" {
  path = "/vault/file"
}

listener "tcp" {
  address         = "0.0.0.0:8200"
  tls_cert_file   = "/run/secrets/vault-tls.pem"
  tls_key_file    = "/run/secrets/vault-tls-key.pem"
  tls_min_version = "tls13"
}

disable_mlock = false
ui            = false
