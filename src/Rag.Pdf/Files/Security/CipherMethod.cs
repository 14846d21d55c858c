namespace Rag.Pdf.Files.Security;

/// <summary>How a crypt filter encrypts (7.6.6).</summary>
internal enum CipherMethod
{
    /// <summary>Not at all.</summary>
    Identity,

    /// <summary>RC4, <c>V2</c>.</summary>
    Rc4,

    /// <summary>AES in CBC mode with a key of 128 bits, <c>AESV2</c>.</summary>
    Aes128,

    /// <summary>AES in CBC mode with a key of 256 bits, <c>AESV3</c>.</summary>
    Aes256,
}
