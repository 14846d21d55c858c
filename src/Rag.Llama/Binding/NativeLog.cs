using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Rag.Llama.Binding;

/// <summary>Takes llama.cpp's log lines: to the logger, and errors also to whoever waits for the reason of a failure.</summary>
/// <remarks>llama.cpp has one callback for the whole process, called from any thread; it must not throw.</remarks>
internal static unsafe class NativeLog
{
    private const int LevelInformation = 2;
    private const int LevelWarning = 3;
    private const int LevelError = 4;
    private const int LevelContinued = 5;

    [ThreadStatic]
    private static int _lastLevel;

    [ThreadStatic]
    private static StringBuilder? _errors;

    /// <summary>Where lines go; <see langword="null"/> for nowhere.</summary>
    public static ILogger? Logger { get; set; }

    public static void Install() => NativeMethods.llama_log_set(&Take, null);

    /// <summary>Runs a native call and returns what it logged as errors on this thread, in one line.</summary>
    public static string ErrorsOf(Action call)
    {
        var outer = _errors;
        _errors = new StringBuilder();
        try
        {
            call();
            return string.Join(' ', _errors.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            _errors = outer;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Take(int level, byte* text, void* state)
    {
        try
        {
            level = level == LevelContinued ? _lastLevel : level;
            _lastLevel = level;
            if (level == LevelError)
            {
                _errors?.Append(NativeMethods.Text(text));
            }

            // thousands of debug lines come with each model: the level is looked at before the text
            var target = level switch { LevelError => LogLevel.Error, LevelWarning => LogLevel.Warning, LevelInformation => LogLevel.Debug, _ => LogLevel.Trace };
            if (Logger is { } logger && logger.IsEnabled(target))
            {
                logger.Log(target, default, NativeMethods.Text(text).TrimEnd(), null, static (line, _) => line);
            }
        }
#pragma warning disable CA1031 // an exception cannot cross into native code: it would end the process
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
