{
  "name": "@filodiretto/channel-{{id}}",
  "version": "0.1.0",
  "private": true,
  "license": "AGPL-3.0-or-later",
  "type": "module",
  "nx": {
    "tags": [
      "type:channel"
    ]
  },
  "exports": {
    ".": {
      "@filodiretto/source": "./src/channel.ts",
      "types": "./dist/channel.d.ts",
      "default": "./dist/channel.js"
    }
  }
}
