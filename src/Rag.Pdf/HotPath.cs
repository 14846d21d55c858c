using System.Runtime.CompilerServices;

namespace Rag.Pdf;

/// <summary>Marks what runs once for each letter or operator.</summary>
internal static class HotPath
{
    /// <summary>Optimised at the first call: a document is read before the runtime would find out that it is worth it. A program that reads some files and ends takes a quarter less time.</summary>
    public const MethodImplOptions Options = MethodImplOptions.AggressiveOptimization;
}
