using System.Buffers;
using System.Text;

namespace DataMesh.CloudEvents;

/// <summary>What names and texts of context attributes may look like (CloudEvents 1.0, "Context Attributes").</summary>
internal static class AttributeSyntax
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Printable ASCII: what nearly every attribute consists of.</summary>
    private static readonly SearchValues<char> Printable =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x7F - 0x20).Select(static c => (char)c)]);

    /// <summary>Lower-case letters and digits; <c>data</c> is reserved for the payload.</summary>
    public static bool IsName(ReadOnlySpan<char> name) =>
        !name.IsEmpty && !name.ContainsAnyExcept(NameCharacters) && name is not "data";

    /// <summary>No control characters, no noncharacters, no lone surrogates.</summary>
    public static bool IsString(ReadOnlySpan<char> text)
    {
        var start = text.IndexOfAnyExcept(Printable);
        return start < 0 || IsStringSlow(text[start..]);
    }

    private static bool IsStringSlow(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != OperationStatus.Done)
                return false;
            var value = rune.Value;
            if (value < 0x20 || value is >= 0x7F and <= 0x9F || value is >= 0xFDD0 and <= 0xFDEF || (value & 0xFFFE) == 0xFFFE)
                return false;
            text = text[length..];
        }
        return true;
    }
}
