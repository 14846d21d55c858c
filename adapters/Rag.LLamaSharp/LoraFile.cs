using System.Runtime.CompilerServices;
using LLama;
using LLama.Native;

namespace Rag.LLamaSharp;

/// <summary>A LoRA adapter to act on a model.</summary>
/// <param name="Path">A GGUF file, made for the model.</param>
/// <param name="Scale">How strongly it acts: 1 as it was trained, 0 not at all.</param>
public sealed record LoraFile(string Path, float Scale = 1)
{
    internal (LoraAdapter Adapter, float Scale) Load(LLamaWeights weights)
    {
        var adapter = weights.NativeHandle.LoadLoraFromFile(Path);
        // LLamaSharp hands on what llama.cpp refused as an adapter at address 0, and the process ends when it is used
        return PointerOf(adapter) != 0 ? (adapter, Scale)
            : throw new InvalidDataException($"'{Path}' is not a LoRA adapter for this model: llama.cpp refuses it. Take one that was made for this model and converted to GGUF.");
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Pointer")]
    private static extern nint PointerOf(LoraAdapter adapter);
}
