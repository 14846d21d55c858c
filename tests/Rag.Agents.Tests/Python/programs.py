"""Runs the programs of programs.txt in Python itself, and prints what each results in as JSON.

    python3 programs.py programs.txt           prints
    python3 programs.py programs.txt --write   puts the results into the file

A block of the file is a line "### NAME", the program, and the results that there are: "--- output", "--- value",
"--- error" with their texts. The value follows the rule of PythonResult.Value: what solution() returns, else the last
line where it is an expression, else the variable answer, ans or result.
"""
import ast
import contextlib
import inspect
import io
import json
import sys
import traceback
import warnings


def execute(source):
    names = {"__name__": "__main__"}
    tree = ast.parse(source, "<program>")
    last = ast.Expression(tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<program>", "exec"), names)
    value = None if last is None else eval(compile(last, "<program>", "eval"), names)
    solution = names.get("solution")
    if inspect.isfunction(solution) and all(p.default is not p.empty or p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in inspect.signature(solution).parameters.values()):
        return str(solution())
    if last is not None:
        return None if value is None else str(value)
    return next((str(names[n]) for n in ("answer", "ans", "result") if n in names), None)


def run(source):
    output, value, error = io.StringIO(), None, None
    try:
        with contextlib.redirect_stdout(output):
            value = execute(source)
    except SyntaxError as e:
        error = "Line %d: %s: %s" % (e.lineno, type(e).__name__, e.msg)
    except Exception as e:
        line = [f.lineno for f in traceback.extract_tb(e.__traceback__) if f.filename == "<program>"][-1]
        error = "Line %d: %s" % (line, type(e).__name__) + (": %s" % e if str(e) else "")
    return {"output": output.getvalue(), "value": value, "error": error}


def main():
    warnings.simplefilter("ignore")
    path = sys.argv[1]
    with open(path, encoding="utf-8") as file:
        blocks = file.read().split("### ")[1:]
    named = [block.partition("\n") for block in blocks]
    programs = [(name, rest.partition("--- ")[0]) for name, _, rest in named]
    results = [run(source) for _, source in programs]
    if "--write" not in sys.argv:
        print(json.dumps(results))
        return
    with open(path, "w", encoding="utf-8") as file:
        for (name, source), result in zip(programs, results):
            file.write("### %s\n%s" % (name, source))
            for key in ("output", "value", "error"):
                if result[key]:
                    file.write("--- %s\n%s\n" % (key, result[key]))


main()
