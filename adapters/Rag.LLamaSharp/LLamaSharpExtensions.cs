using LLama;
using LLama.Exceptions;

namespace Rag.LLamaSharp;

internal static class LLamaSharpExtensions
{
    /// <summary>What the model calls itself, else what llama.cpp calls it.</summary>
    public static string ModelName(this LLamaWeights weights) => weights.Metadata.GetValueOrDefault("general.name") ?? weights.NativeHandle.Description;

    /// <summary>The value of a key that begins with the model's architecture.</summary>
    public static string? Metadata(this LLamaWeights weights, string key) => weights.Metadata.GetValueOrDefault($"{weights.Metadata.GetValueOrDefault("general.architecture")}.{key}");

    /// <summary>The context, if llama.cpp made one. LLamaSharp hands on a failure as a context at address 0, and the process ends when it is used.</summary>
    /// <exception cref="RuntimeError">There is none.</exception>
    public static LLamaContext OrThrow(this LLamaContext context) => !context.NativeHandle.IsInvalid ? context
        : throw new RuntimeError($"llama.cpp makes no context of {context.Params.ContextSize} tokens for {context.Params.SeqMax} sequences with these parameters; its log says why. Take a smaller context, or other types of keys and values.");
}
