namespace Rag.Pdf;

/// <summary>An entry of the outline (bookmarks) that the file brings along.</summary>
/// <param name="Title">Its text on one line, not empty.</param>
/// <param name="Level">1 for the topmost entries.</param>
/// <param name="Page">1-based page that it leads to, or <see langword="null"/> where it leads to none in this file.</param>
public sealed record PdfOutlineItem(string Title, int Level, int? Page);
