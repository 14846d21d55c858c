namespace Rag.Llama.Models;

/// <summary>How far a download or an import is.</summary>
/// <param name="BytesDone">Bytes there, those of an earlier try among them.</param>
/// <param name="BytesTotal">Bytes in all; <see langword="null"/> where neither catalogue nor server say.</param>
public readonly record struct DownloadProgress(long BytesDone, long? BytesTotal);
