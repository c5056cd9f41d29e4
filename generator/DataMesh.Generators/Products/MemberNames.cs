using System.Globalization;
using System.Text;

namespace DataMesh.Generators.Products;

/// <summary>C# names for CUE labels: <c>PascalCase</c>, and never one that a record or its generated members already use.</summary>
internal static class MemberNames
{
    // What every generated record has: the members of object and of a record, and those of IDataProduct.
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        "Equals", "GetHashCode", "ToString", "GetType", "MemberwiseClone", "ReferenceEquals", "Finalize",
        "EqualityContract", "PrintMembers", "Clone", "Deconstruct",
        "Descriptor", "TryParse", "Validate", "WriteTo", "ExtraMembers", "Match", "Switch",
    };

    /// <summary>
    /// The property for a label inside <paramref name="typeName"/>: <c>first</c> gives <c>First</c>, <c>user-name</c>
    /// gives <c>UserName</c>, <c>日本</c> stays, <c>1st</c> gives <c>_1st</c>, <c>Equals</c> gives <c>EqualsValue</c>.
    /// </summary>
    public static string Property(string label, string typeName)
    {
        string name = Pascal(label);
        return Taken.Contains(name) || string.Equals(name, typeName, StringComparison.Ordinal) ? name + "Value" : name;
    }

    /// <summary>The member of an enum for the text of a literal; <c>""</c> gives <c>Empty</c>, <c>-1</c> gives <c>Minus1</c>.</summary>
    public static string EnumMember(string text)
    {
        if (text.Length == 0)
            return "Empty";
        if (text.Length > 1 && text[0] == '-' && text[1] is >= '0' and <= '9')
            text = "Minus" + text.Substring(1);
        return Pascal(text);
    }

    /// <summary>
    /// Letters and digits of the text, each run begun with a capital, by Unicode's simple case mapping; never empty and
    /// always an identifier. A keyword cannot come out: keywords have no capital, and an uncased start is kept as it is.
    /// </summary>
    public static string Pascal(string text)
    {
        var name = new StringBuilder(text.Length + 1);
        bool startsWord = true;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(c);
            if (IsLetter(category))
            {
                name.Append(startsWord ? char.ToUpperInvariant(c) : c);
                startsWord = false;
            }
            else if (category is UnicodeCategory.DecimalDigitNumber)
            {
                if (name.Length == 0)
                    name.Append('_');
                name.Append(c);
                startsWord = true;
            }
            else if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark && name.Length > 0)
            {
                name.Append(c);
            }
            else
            {
                // Separators are dropped; so are characters beyond the BMP, which C# does not take in identifiers.
                startsWord = true;
            }
        }
        return name.Length == 0 ? "_" : name.ToString();
    }

    private static bool IsLetter(UnicodeCategory category) => category is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;
}
