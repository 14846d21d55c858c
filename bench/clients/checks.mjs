// One line for each check; the process ends with 1 where one failed.

let [passed, failed] = [0, 0];

export function expect(what, condition, otherwise = "no") {
  condition ? passed++ : failed++;
  console.log(`${condition ? "ok    " : "FAILED"}  ${what}${condition ? "" : `: ${otherwise}`}`);
}

export function finish(client) {
  console.log(`\n${client}: ${passed} of ${passed + failed} checks passed.`);
  process.exitCode = failed ? 1 : 0;
}
