{
  "extends": "../../../tsconfig.base.json",
  "compilerOptions": {
    "rootDir": "src",
    "outDir": "out-tsc/spec",
    "types": [
      "node",
      "jest"
    ]
  },
  "include": [
    "src/**/*.spec.ts"
  ],
  "references": [
    {
      "path": "./tsconfig.lib.json"
    },
    {
      "path": "../../../libs/simulators/tsconfig.lib.json"
    }
  ]
}
