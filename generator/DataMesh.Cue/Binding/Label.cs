namespace DataMesh.Cue.Binding;

/// <summary>What a label names.</summary>
internal enum LabelKind : byte
{
    /// <summary>A regular field.</summary>
    String,

    /// <summary>An element of a list.</summary>
    Index,

    /// <summary><c>#name</c></summary>
    Definition,

    /// <summary><c>_name</c>, visible in its package only.</summary>
    Hidden,

    /// <summary><c>_#name</c>, visible in its package only.</summary>
    HiddenDefinition,

    /// <summary>A <c>let</c> clause; never part of a value.</summary>
    Let,
}

/// <summary>The label of a field or an element: a name, its kind and, for hidden ones, the package that may see it.</summary>
internal readonly struct Label : IEquatable<Label>
{
    private Label(string text, LabelKind kind, string? package, int index)
    {
        Text = text;
        Kind = kind;
        Package = package;
        Index = index;
    }

    /// <summary>The name as written, with its <c>#</c> or <c>_</c>; the value of a quoted label.</summary>
    public string Text { get; }

    public LabelKind Kind { get; }

    /// <summary>The package of a hidden label; null otherwise.</summary>
    public string? Package { get; }

    /// <summary>The position in a list.</summary>
    public int Index { get; }

    public bool IsDefinition => Kind is LabelKind.Definition or LabelKind.HiddenDefinition;

    public bool IsHidden => Kind is LabelKind.Hidden or LabelKind.HiddenDefinition;

    /// <summary>Whether the label counts in closedness checks and in data.</summary>
    public bool IsRegular => Kind is LabelKind.String or LabelKind.Index;

    public bool IsValid => Text is not null;

    public static Label Regular(string name) => new(Normalize(name), LabelKind.String, null, 0);

    public static Label Element(int index) => new("", LabelKind.Index, null, index);

    public static Label Let(string name) => new(name, LabelKind.Let, null, 0);

    /// <summary>The label that an identifier stands for, in a package.</summary>
    public static Label Identifier(string name, string package)
    {
        if (name.StartsWith("_#", StringComparison.Ordinal))
            return new Label(name, LabelKind.HiddenDefinition, package, 0);
        if (name.StartsWith("#", StringComparison.Ordinal))
            return new Label(name, LabelKind.Definition, null, 0);
        if (name.Length > 1 && name[0] == '_' && !name.StartsWith("__", StringComparison.Ordinal))
            return new Label(name, LabelKind.Hidden, package, 0);
        return Regular(name);
    }

    public bool Equals(Label other) =>
        Kind == other.Kind && Index == other.Index && string.Equals(Text, other.Text, StringComparison.Ordinal)
        && string.Equals(Package, other.Package, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is Label other && Equals(other);

    public override int GetHashCode() => Kind == LabelKind.Index ? Index : StringComparer.Ordinal.GetHashCode(Text ?? "") + (int)Kind;

    public static bool operator ==(Label left, Label right) => left.Equals(right);

    public static bool operator !=(Label left, Label right) => !left.Equals(right);

    /// <summary>The label in CUE syntax, quoted where needed.</summary>
    public override string ToString() => Kind switch
    {
        LabelKind.Index => Index.ToString(System.Globalization.CultureInfo.InvariantCulture),
        LabelKind.String when !Syntax.Literals.IsIdentifier(Text) || Text[0] is '#' or '_' => Syntax.Literals.Quote(Text),
        _ => Text ?? "",
    };

    private static string Normalize(string name)
    {
        foreach (var c in name)
        {
            if (c > 0x7F)
                return name.Normalize(System.Text.NormalizationForm.FormC);
        }

        return name;
    }
}
