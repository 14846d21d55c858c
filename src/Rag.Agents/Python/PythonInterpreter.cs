using System.Globalization;
using Rag.Agents.Python.Compilation;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Syntax;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python;

/// <summary>Runs programs in a subset of Python 3 within limits: numbers, text, containers, functions, classes and a few modules, without files, network or any other way out. See docs/reference/python.md for what the subset holds.</summary>
/// <remarks>A run shares nothing with another, so one interpreter serves many threads at once. Source: Gao et al., PAL: Program-aided Language Models, ICML 2023, whose programs end in a function <c>solution</c> that is called without arguments.</remarks>
/// <param name="limits">How much one program may use; null for the defaults.</param>
/// <param name="time">The clock of <c>datetime.now()</c> and <c>date.today()</c>; null for the system's.</param>
public sealed class PythonInterpreter(PythonLimits? limits = null, TimeProvider? time = null)
{
    // about what the tokens, the tree and the nodes of one character of a program take
    private const int BytesPerCharacter = 64;

    private const int MaxMessage = 2000;

    private static readonly string[] ResultNames = ["answer", "ans", "result"];

    private readonly PythonLimits limits = limits ?? new();

    /// <summary>Runs a program. Whatever the program does, the outcome is a result: an error of the program, a limit that it reached and a text that is no program are all in <see cref="PythonResult.Error"/>.</summary>
    /// <param name="source">The program.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>What the program printed, what it results in, and why it failed where it did.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PythonResult Run(string source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        cancellationToken.ThrowIfCancellationRequested();
        var run = new Run(limits, time ?? TimeProvider.System, cancellationToken);
        try
        {
            run.Allocate((long)source.Length * BytesPerCharacter);
            var value = Execute(run, Compiler.Compile(source));
            return new(run.Output, value, null, run.Steps);
        }
        catch (SyntaxFault e)
        {
            return Failed(run, e.Line, e.Kind, e.Message);
        }
        catch (Raised e)
        {
            return Failed(run, e.Line, e.Error.Type.Name, Describe(run, e.Error));
        }
        catch (LimitReached e)
        {
            return Failed(run, e.Line, e.Kind, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // a defect of ours, as CPython's own SystemError: the caller is promised a result for every program
            return Failed(run, 0, "SystemError", $"the interpreter failed ({e.GetType().Name}: {e.Message}). Please report this program.");
        }
    }

    private static string? Execute(Run run, Program program)
    {
        run.Globals = new Value[program.SlotCount];
        var frame = new Frame(run, run.Globals);
        run.Push(frame);
        program.Body.Execute(frame);
        if (Global(run, program, "solution").Ref is PyFunction { Code.IsGenerator: false } solution && ArgumentBinding.RequiredCount(solution) == 0)
        {
            frame.Mark = run.Allocated;
            return TextOf.Str(run, solution.Call(run, Arguments.Of()));
        }

        if (!frame.Result.IsUnbound)
        {
            return frame.Result.IsNone ? null : TextOf.Str(run, frame.Result);
        }

        var answer = ResultNames.Select(n => Global(run, program, n)).FirstOrDefault(v => !v.IsUnbound);
        return answer.IsUnbound ? null : TextOf.Str(run, answer);
    }

    private static Value Global(Run run, Program program, string name) => program.Slots.TryGetValue(name, out var slot) ? run.Globals[slot] : default;

    // the text of an exception may fail itself: a class of the program writes it, within the same limits
    private static string Describe(Run run, PyException error)
    {
        try
        {
            return error.Str(run);
        }
        catch (Exception e) when (e is Raised or LimitReached)
        {
            return "the exception has no text";
        }
    }

    private static PythonResult Failed(Run run, int line, string kind, string message) => new(run.Output, null, new(line, kind, message.Length <= MaxMessage ? message : string.Create(CultureInfo.InvariantCulture, $"{message.AsSpan(0, MaxMessage)}... ({message.Length} characters)")), run.Steps);
}
