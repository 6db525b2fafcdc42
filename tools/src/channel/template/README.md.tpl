# {{name}}

What the provider demands, how to get its credentials, and its quirks with the exact error each one causes.

| Setting          | What it is                                    |
| ---------------- | --------------------------------------------- |
| `{{ENV}}_SECRET`  | secret with which the provider signs          |
| `{{ENV}}_ACCOUNTS` | numbers, pages or names of ours at the provider |
| `{{ENV}}_API_URL` | address of the provider's API                 |
| `{{ENV}}_TOKEN`   | credential for it                             |

## What comes in

`POST /deliveries`, signed with `x-signature: sha256=<HMAC-SHA256 of the raw bytes, hexadecimal>`:

```json
{ "messages": [{ "id": "m-1", "to": "our-account", "from": "+390550000001", "type": "text", "text": "Buongiorno", "at": "2026-01-15T11:00:00Z" }] }
```

## What goes out

`POST {{ENV}}_API_URL/messages` with `{ from, to, text, reference }`. 2xx: accepted, with `id`. 4xx: refused. Anything else, or no
answer: unknown.
