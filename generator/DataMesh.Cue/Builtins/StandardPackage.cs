using System.Numerics;
using DataMesh.Cue.Binding;
using DataMesh.Cue.Numerics;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins;

/// <summary>What the standard packages share: short ways to declare functions and to give values back.</summary>
internal abstract class StandardPackage(string path) : BuiltinPackage
{
    protected const CueKind Text = CueKind.String;
    protected const CueKind TextOrBytes = CueKind.String | CueKind.Bytes;
    protected const CueKind Int = CueKind.Int;
    protected const CueKind Number = CueKind.Number;
    protected const CueKind Bool = CueKind.Bool;
    protected const CueKind List = CueKind.List;
    protected const CueKind Top = CueKind.Top;

    /// <summary>A parameter that takes any value, concrete or not.</summary>
    protected static readonly BuiltinParameter Anything = new(CueKind.Top, allowsNonConcrete: true);

    /// <summary>A parameter for a list of numbers or of texts.</summary>
    protected static readonly BuiltinParameter WholeList = new(CueKind.List) { IsWhole = true };

    /// <summary>A parameter that values are tried with.</summary>
    protected static readonly BuiltinParameter Schema = new(CueKind.Top, allowsNonConcrete: true) { IsSchema = true };

    /// <summary>How often functions repeat what they are given, as cue limits it.</summary>
    protected const int MaxRepetitions = 1_000_000;

    public override string Path { get; } = path;

    protected Builtin Function(string name, IReadOnlyList<BuiltinParameter> parameters, CueKind result, BuiltinImplementation implementation) =>
        new(Path, name, parameters, result, implementation);

    /// <summary>A function with a last parameter that may be left out.</summary>
    protected Builtin OptionalFunction(string name, IReadOnlyList<BuiltinParameter> parameters, CueKind result, BuiltinImplementation implementation) =>
        new(Path, name, parameters, result, implementation) { MinimumArguments = parameters.Count - 1 };

    protected static Value Of(string text) => new StringConstant(text);

    protected static Value Of(byte[] bytes) => new BytesConstant(bytes);

    protected static Value Of(bool value) => BoolConstant.Of(value);

    protected static Value Of(long value) => NumberConstant.Int(value);

    protected static Value Of(BigInteger value) => NumberConstant.Int(value);

    /// <summary>A float that was computed in binary.</summary>
    protected static Value OfDouble(double value) => new NumberConstant(BigDecimal.FromDouble(value), CueKind.Float);

    /// <summary>A number that was computed in decimal: an int where it is whole.</summary>
    protected static Value OfDecimal(BigDecimal value)
    {
        if (!value.IsFinite)
            return new NumberConstant(value, value.IsNaN ? CueKind.Float : CueKind.Int);
        if (!value.IsInteger)
            return new NumberConstant(value, CueKind.Float);
        if (value.IsZero)
            return new NumberConstant(value.IsNegative ? BigDecimal.NegativeZero() : BigDecimal.Zero, CueKind.Int);
        return value.TryToBigInteger(out BigInteger whole) ? NumberConstant.Int(whole) : new NumberConstant(value, CueKind.Int);
    }

    protected static Value OfTexts(CallContext call, IEnumerable<string> texts) => call.NewList(texts.Select(Of), areMade: true);

    protected static Value OfNumbers(CallContext call, IEnumerable<long> numbers) => call.NewList(numbers.Select(Of), areMade: true);

    /// <summary>A struct constant; a new one for each context, because values are evaluated in place.</summary>
    protected static Value StructOf(IEnumerable<KeyValuePair<string, Value>> members)
    {
        List<Decl> fields = [.. members.Select(static member => new FieldDecl(null, Label.Regular(member.Key), ArcType.Member, new ValueExpr(member.Value, null)))];
        Vertex vertex = new(null, default) { IsDetached = true };
        vertex.Conjuncts.Add(new Conjunct(new StructExpr(null, fields) { HasFields = true }, null, ConjunctInfo.Root));
        return vertex;
    }

    /// <summary>A struct that is written in CUE; it refers to nothing but itself and what is predeclared.</summary>
    /// <param name="name">The name of the file, for errors.</param>
    /// <param name="text">The struct, in braces.</param>
    protected static StructExpr Source(string name, string text)
    {
        StructExpr file = Binder.Bind(name, [CueParser.ParseFile(name, text).File], new BuiltinRegistry([]), null, out _)[0];
        return (StructExpr)((EmbedDecl)file.Declarations[0]).Value;
    }

    /// <summary>The fields of a struct that is written in CUE; new ones for each context, because values are evaluated in place.</summary>
    protected static IEnumerable<KeyValuePair<string, Value>> FieldsOf(StructExpr source)
    {
        Vertex root = new(null, default) { Status = VertexStatus.Final, Base = ContainerValue.Struct };
        foreach (FieldDecl field in source.Declarations.OfType<FieldDecl>())
        {
            Vertex vertex = new(root, field.Label) { IsDetached = true };
            vertex.Conjuncts.Add(new Conjunct(field.Value, new Env(null, root), ConjunctInfo.Root));
            root.Attach(vertex);
        }

        return root.Arcs.Select(static arc => new KeyValuePair<string, Value>(arc.Label.Text, arc));
    }

    /// <summary>A decimal function's outcome, where a failed operation is the call's error.</summary>
    protected static Value OfDecimal(DecimalError error, BigDecimal value) =>
        error == DecimalError.None ? OfDecimal(value) : throw new BuiltinException(error.Message());

    /// <summary>The texts of a list argument.</summary>
    protected static List<string> Texts(CallContext call, int index)
    {
        IReadOnlyList<Value> elements = call.List(index), arcs = Arcs(call, (Vertex)call.Arguments[index]);
        List<string> texts = new(elements.Count);
        for (int i = 0; i < elements.Count; i++)
        {
            if (elements[i] is StringConstant text)
                texts.Add(text.Value);
            else
                throw InvalidElement(elements[i], i, index, "string", Text, arcs[i]);
        }

        return texts;
    }

    /// <summary>The numbers of a list argument.</summary>
    protected static List<BigDecimal> Numbers(CallContext call, int index)
    {
        IReadOnlyList<Value> elements = call.List(index), arcs = Arcs(call, (Vertex)call.Arguments[index]);
        List<BigDecimal> numbers = new(elements.Count);
        for (int i = 0; i < elements.Count; i++)
        {
            if (elements[i] is NumberConstant number)
                numbers.Add(number.Value);
            else
                throw InvalidElement(elements[i], i, index, "number", Number, arcs[i]);
        }

        return numbers;
    }

    protected static CallException Incomplete(string message) => new(new Bottom(CueErrorCode.Incomplete, message));

    /// <summary>The error of an argument, at its place; where a struct or list is written is not told.</summary>
    protected static CallException Fail(string message, CallContext call, int index) =>
        new(new Bottom(CueErrorCode.Eval, message, call.Arguments[index] is Vertex ? [] : call.PositionsOf(index)));

    /// <summary>The error of an element of a list argument, at its place.</summary>
    protected static CallException FailAt(string message, Value element) =>
        new(new Bottom(CueErrorCode.Eval, message, PlacesOf(element)));

    /// <summary>The error of an element that is not of a kind, or not yet.</summary>
    protected static CallException Unfit(Value value, Value element, CueKind wanted)
    {
        if (value is Bottom bottom)
            return new CallException(bottom);
        if (value is Vertex)
            return new CallException(new Bottom(CueErrorCode.Eval, $"cannot use value {ValueText.Describe(value)} (type {value.Kind.Text()}) as {wanted.Text()}"));
        IReadOnlyList<Position> places = value is DisjunctionValue || value.Kind == CueKind.Top ? [] : ErrorPositions.OfValue(element);
        return value is Constant || (value.Kind & wanted) == 0
            ? new CallException(new Bottom(CueErrorCode.Eval, $"cannot use value {ValueText.Describe(value)} (type {value.Kind.Text()}) as {wanted.Text()}", places))
            : new CallException(new Bottom(CueErrorCode.Incomplete, $"non-concrete value {value.Kind.Text()}", places));
    }

    /// <summary>The elements of a list as they stand in it, with their places.</summary>
    protected static IReadOnlyList<Value> Arcs(CallContext call, Vertex list)
    {
        _ = call.Elements(list);
        return [.. list.Resolve().Arcs.Where(static arc => arc.Label.Kind == LabelKind.Index)];
    }

    /// <summary>An argument that counts bytes or elements, within what memory holds.</summary>
    protected static int Count(CallContext call, int index) => (int)Math.Max(int.MinValue, Math.Min(int.MaxValue, call.Int64(index)));

    private static IReadOnlyList<Position> PlacesOf(Value element) =>
        element is Vertex vertex ? ErrorPositions.Sort([.. vertex.Conjuncts.Select(static conjunct => conjunct.Expr.Position), .. ErrorPositions.OfValue(vertex)]) : [];

    private static CallException InvalidElement(Value value, int position, int argument, string wanted, CueKind kind, Value place)
    {
        if (value is Bottom bottom)
            return new CallException(bottom);
        bool mayBecome = value is not Constant && (value.Kind & kind) != 0;
        return mayBecome
            ? new CallException(new Bottom(CueErrorCode.Incomplete, FormattableString.Invariant($"non-concrete value {ValueText.Describe(value)} for element {position} of {wanted} list argument {argument}"), PlacesOf(place)))
            : FailAt(FormattableString.Invariant($"invalid list element {position} in argument {argument} to call: cannot use value {ValueText.Describe(value)} ({value.Kind.Text()}) as {wanted}"), place);
    }
}
