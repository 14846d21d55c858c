namespace Rag.Llama.Models;

/// <summary>What reading a whole file again found.</summary>
public enum ModelVerification
{
    /// <summary>The file is not in the store.</summary>
    Missing,

    /// <summary>The catalogue has no hash for it.</summary>
    Unverifiable,

    /// <summary>It has another size or hash than the catalogue says: delete it and download it again.</summary>
    Damaged,

    /// <summary>It is the very file.</summary>
    Good,
}
