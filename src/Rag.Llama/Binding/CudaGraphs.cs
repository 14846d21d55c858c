using System.Runtime.InteropServices;

namespace Rag.Llama.Binding;

/// <summary>Keeps llama.cpp from replaying recorded CUDA graphs.</summary>
/// <remarks>
/// With them, texts written beside others came out wrong about once in a hundred on an H200, and never without them (docs/results/native.md). They gain about
/// a tenth for one user of a small model and nothing for eight. llama.cpp reads the variable with C's getenv, which does not see what .NET sets.
/// </remarks>
internal static partial class CudaGraphs
{
    /// <summary>Set to 1, it leaves CUDA graphs on.</summary>
    public const string Variable = "RAG_LLAMA_CUDA_GRAPHS";

    private const string Disabling = "GGML_CUDA_DISABLE_GRAPHS";

    /// <summary>Turns them off for this process; has no effect once the CUDA backend has taken its first step.</summary>
    public static void TurnOff()
    {
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            return;
        }

        var failed = OperatingSystem.IsWindows() ? _putenv_s(Disabling, "1") : setenv(Disabling, "1", overwrite: 1);
        if (failed != 0)
        {
            throw new LlamaLibraryException($"The variable {Disabling} cannot be set (error {failed}). Set it to 1 before the program starts, or {Variable} to 1 to run with CUDA graphs.");
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("ucrtbase", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int _putenv_s(string name, string value);
}
